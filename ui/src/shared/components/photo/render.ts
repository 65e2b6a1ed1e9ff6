/** From a file to the two pictures that are kept; runs in a worker or in the page. */
import { readHeader, type Header } from './header'
import { PhotoProblem } from './problem'
import {
  MOST_PIXELS,
  QUALITY,
  LONG_EDGE,
  THUMB_EDGE,
  THUMB_QUALITY,
  decodeWidth,
  fit,
  type Size,
} from './sizes'
import { drawStrip, layStrip } from './watermark'

export interface Rendered {
  full: Blob
  thumb: Blob
}

/** How much of a file is looked at for its size. */
const HEAD_BYTES = 512 * 1024

/**
 * What kind of picture a file is.
 * @throws {PhotoProblem} when it is none that can be opened here.
 */
export async function open(file: Blob): Promise<Header> {
  const header = readHeader(await file.slice(0, HEAD_BYTES).arrayBuffer())
  if ((header.width ?? 0) * (header.height ?? 0) > MOST_PIXELS) throw new PhotoProblem('too_many_pixels')
  // Few browsers open it, and nothing else is asked of one that cannot be shown.
  if (header.kind === 'heic') (await decode(file, header)).close()
  return header
}

/** Turns a file into a picture, turned upright and shrunk while it is decoded. */
async function decode(file: Blob, header: Header): Promise<ImageBitmap> {
  const resizeWidth = decodeWidth(header.width, header.height)
  const shrink = resizeWidth === null ? {} : { resizeWidth, resizeQuality: 'high' as const }
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image', ...shrink })
  } catch {
    if (header.kind === 'heic') throw new PhotoProblem('heic')
    throw new PhotoProblem(header.kind === 'other' ? 'not_an_image' : 'broken')
  }
}

function canvasOf({ width, height }: Size): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height)
  return Object.assign(document.createElement('canvas'), { width, height })
}

function toJpeg(canvas: OffscreenCanvas | HTMLCanvasElement, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type: 'image/jpeg', quality })
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new PhotoProblem('broken'))),
      'image/jpeg',
      quality,
    ),
  )
}

function contextOf(size: Size) {
  const canvas = canvasOf(size)
  const context = canvas.getContext('2d') as
    OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D | null
  if (!context) throw new PhotoProblem('broken')
  return { canvas, context }
}

/** Tells how wide a text would be, before it is known how tall the picture gets. */
function measuring() {
  const { context } = contextOf({ width: 1, height: 1 })
  return (text: string, font: string) => {
    context.font = font
    return context.measureText(text).width
  }
}

/** Draws `part` of a picture, all of it by default, with room of `below` under it. */
function draw(source: CanvasImageSource, size: Size, below: number, part?: Size) {
  const { canvas, context } = contextOf({ width: size.width, height: size.height + below })
  // A see-through picture would turn black as JPEG.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, size.width, size.height + below)
  context.imageSmoothingQuality = 'high'
  if (part) context.drawImage(source, 0, 0, part.width, part.height, 0, 0, size.width, size.height)
  else context.drawImage(source, 0, 0, size.width, size.height)
  return { canvas, context }
}

/**
 * The photo with its watermark, and its small version.
 * @throws {PhotoProblem} when the file is no picture that can be opened here.
 */
export async function render(file: Blob, lines: readonly string[]): Promise<Rendered> {
  const bitmap = await decode(file, await open(file))
  try {
    const size = fit(bitmap, LONG_EDGE)
    const strip = layStrip(size, lines, measuring())
    const { canvas, context } = draw(bitmap, size, strip.below)
    const thumb = draw(canvas, fit(size, THUMB_EDGE), 0, size).canvas
    drawStrip(context, strip)
    return { full: await toJpeg(canvas, QUALITY), thumb: await toJpeg(thumb, THUMB_QUALITY) }
  } finally {
    bitmap.close()
  }
}
