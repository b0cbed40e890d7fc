/** Ids of people whom the user linked calls to by hand; one column, `id`. */
export const linkedPersons = 'SELECT DISTINCT person_id AS id FROM call_annotation WHERE person_id IS NOT NULL';

/** Makes what was linked to `@id` lead to `@personId`, who is the same person under another id. */
export const moveLinks = 'UPDATE call_annotation SET person_id = @personId WHERE person_id = @id';
