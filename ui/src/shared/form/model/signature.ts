/** Signatures in the shapes in which they are stored. */
import type { Signature, Strokes } from '../types'

const isStrokes = (value: unknown): value is Strokes =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((line) => Array.isArray(line) && Array.isArray(line[0]))

const isSignature = (value: unknown): value is Signature =>
  value !== null && typeof value === 'object' && 'strokes' in value

/** The signatures of a result: a list, one, or bare strokes. */
export function signaturesOf(result: unknown): Signature[] {
  if (isSignature(result)) return [result]
  if (!Array.isArray(result)) return []
  if (result.every(isSignature)) return result
  return isStrokes(result) ? [{ strokes: result }] : []
}
