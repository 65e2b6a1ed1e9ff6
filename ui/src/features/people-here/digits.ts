import { halfWidth } from '@/shared/format/text'

/** The digit that a key types, full-width ones included; null for any other key. */
export function digitOf(key: string): string | null {
  const narrow = halfWidth(key)
  return /^[0-9]$/.test(narrow) ? narrow : null
}
