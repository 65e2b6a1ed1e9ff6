/** What the first bytes of a file say: which kind of picture it is, and how large. */

export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic' | 'other'

export interface Header {
  kind: PictureKind
  /** As it is stored, before it is turned; null where the bytes do not tell. */
  width: number | null
  height: number | null
}

const text = (view: DataView, at: number, length: number) =>
  at + length <= view.byteLength
    ? String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length))
    : ''

/** Start-of-frame markers carry the size; the other markers in that range do not. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

function jpegSize(view: DataView): Pick<Header, 'width' | 'height'> {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) break
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return { width: null, height: null }
}

function webpSize(view: DataView): Pick<Header, 'width' | 'height'> {
  const form = text(view, 12, 4)
  const int24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
  if (form === 'VP8X' && view.byteLength >= 30) return { width: int24(24) + 1, height: int24(27) + 1 }
  if (form === 'VP8 ' && view.byteLength >= 30)
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  return { width: null, height: null }
}

/** Reads the head of a file; some 64 KiB are enough, a JPEG with a large preview takes more. */
export function readHeader(bytes: ArrayBuffer): Header {
  const view = new DataView(bytes)
  const unknown = { width: null, height: null }
  if (view.byteLength < 12) return { kind: 'other', ...unknown }
  if (view.getUint16(0) === 0xffd8) return { kind: 'jpeg', ...jpegSize(view) }
  if (view.getUint32(0) === 0x89504e47 && view.byteLength >= 24)
    return { kind: 'png', width: view.getUint32(16), height: view.getUint32(20) }
  if (text(view, 0, 4) === 'RIFF' && text(view, 8, 4) === 'WEBP') return { kind: 'webp', ...webpSize(view) }
  if (text(view, 0, 4) === 'GIF8')
    return { kind: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
  if (text(view, 0, 2) === 'BM') return { kind: 'bmp', ...unknown }
  if (text(view, 4, 4) === 'ftyp') {
    const brand = text(view, 8, 4)
    if (brand.startsWith('avi')) return { kind: 'avif', ...unknown }
    if (/^(hei|hev|mif1|msf1)/.test(brand)) return { kind: 'heic', ...unknown }
  }
  return { kind: 'other', ...unknown }
}
