/** The digit that a key types, full-width ones included; null for any other key. */
export function digitOf(key: string): string | null {
  if (/^[0-9]$/.test(key)) return key
  const wide = '０１２３４５６７８９'.indexOf(key)
  return key.length === 1 && wide >= 0 ? String(wide) : null
}
