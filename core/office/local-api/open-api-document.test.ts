import { describe, expect, it } from 'vitest';
import { errorCodes } from '#contract/errors.ts';
import { apiEvents, operations } from '#contract/local-api/index.ts';
import { openApiDocument } from './open-api-document.ts';

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { operationId: string; security?: unknown[]; responses: object; parameters: { name: string; in: string }[] }
    >
  >;
  components: {
    schemas: Record<string, { enum?: string[]; oneOf?: { title: string }[] }>;
    responses: object;
    securitySchemes: object;
  };
}

const document = openApiDocument('1.2.3') as unknown as Document;

/** Every `$ref` in it. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { $ref } = value as { $ref?: unknown };
  return [...(typeof $ref === 'string' ? [$ref] : []), ...Object.values(value).flatMap(references)];
}

describe('the OpenAPI document', () => {
  it('has every operation of the table, and the events', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.sort()).toEqual([...Object.keys(operations), 'events.listen'].sort());
    expect(document.components.schemas.Event!.oneOf!.map(({ title }) => title)).toEqual(Object.keys(apiEvents));
  });

  it('refers to nothing that is not there', () => {
    const missing = references(document).filter((reference) => {
      const steps = reference.replace('#/', '').split('/');
      return (
        steps.reduce<unknown>((place, step) => (place as Record<string, unknown> | undefined)?.[step], document) ===
        undefined
      );
    });
    expect(missing).toEqual([]);
    expect(references(document).length).toBeGreaterThan(100);
  });

  it('says of each what it needs, and how it fails', () => {
    const dial = document.paths['/v1/calls']!.post!;
    expect(dial).toMatchObject({ operationId: 'calls.place', 'x-offhook-scope': 'calls:dial' });
    expect(Object.keys(dial.responses)).toEqual(['201', '202', '400', '401', '403', '413', '429', 'default']);
    expect(document.paths['/v1/pairing']!.post!.security).toEqual([]);
    expect(document.paths['/v1/log/{callId}']!.get!.parameters).toMatchObject([{ name: 'callId', in: 'path' }]);
    expect(document.components.schemas.ErrorCode!.enum).toEqual([...errorCodes]);
  });
});
