export * from './numbers/dial-plan.ts';
export * from './numbers/format-number.ts';
export * from './numbers/match-key.ts';
export * from './numbers/number-rules.ts';
export * from './numbers/parse-number.ts';
export * from './people/known-people.ts';
export { numberOwners } from './people/people-schema.ts';
export { foldName, PeopleBook } from './people/people-book.ts';
export * from './people/read-people.ts';
