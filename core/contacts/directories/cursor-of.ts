import type { z } from 'zod';

/** What a source noted for its next refresh; null for nothing that can be built on: then everything is read anew. */
export function cursorOf<Cursor>(shape: z.ZodType<Cursor>, text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
