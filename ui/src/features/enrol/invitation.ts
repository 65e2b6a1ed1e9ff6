/** An invitation to a server, as people hold it: a link, a code, or both in two fields. */

export interface Invitation {
  server: string
  code: string
  /** The number that the office has for the next tablet, where the link tells one. */
  tablet?: number
}

/** Reads a link like `http://192.168.1.20:8787/#/enrol?code=…`; null for anything else, such as a bare code. */
export function readLink(text: string): Invitation | null {
  const words = text.trim()
  if (!/^https?:\/\//i.test(words)) return null
  let url: URL
  try {
    url = new URL(words)
  } catch {
    return null
  }
  const asked = new URLSearchParams(url.hash.split('?')[1] ?? url.search)
  const code = asked.get('code')?.trim()
  if (!code) return null
  const server = asked.get('server')?.trim() || url.origin + url.pathname.replace(/\/+$/, '')
  const tablet = Number(asked.get('tablet'))
  return { server, code, ...(Number.isInteger(tablet) && tablet > 0 ? { tablet } : {}) }
}

/** The address in the form that a server has; a bare host is taken as `http`, as it stands on a school's own network. */
export function asAddress(typed: string): string {
  const words = typed
    .trim()
    .replace(/[：]/g, ':')
    .replace(/[．。]/g, '.')
    .replace(/\/+$/, '')
  if (!words || /^https?:\/\//i.test(words)) return words
  return `http://${words}`
}

/** The code without what people put between its letters. */
export function asCode(typed: string): string {
  return typed
    .trim()
    .toUpperCase()
    .replace(/[\s－—–_]+/g, '-')
}
