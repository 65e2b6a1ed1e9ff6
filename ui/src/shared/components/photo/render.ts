/** From a file to the two pictures that are kept; runs in a worker or in the page. */
import { readHeader } from './header'
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
import { drawWatermark } from './watermark'

export interface Rendered {
  full: Blob
  thumb: Blob
}

/** How much of a file is looked at for its size. */
const HEAD_BYTES = 512 * 1024

/** Turns a file into a picture, turned upright and shrunk while it is decoded. */
async function decode(file: Blob): Promise<ImageBitmap> {
  const header = readHeader(await file.slice(0, HEAD_BYTES).arrayBuffer())
  if ((header.width ?? 0) * (header.height ?? 0) > MOST_PIXELS) throw new PhotoProblem('too_many_pixels')
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

function draw(source: CanvasImageSource, size: Size) {
  const canvas = canvasOf(size)
  const context = canvas.getContext('2d') as
    OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D | null
  if (!context) throw new PhotoProblem('broken')
  // A see-through picture would turn black as JPEG.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, size.width, size.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, size.width, size.height)
  return { canvas, context }
}

/**
 * The photo with its watermark, and its small version.
 * @throws {PhotoProblem} when the file is no picture that can be opened here.
 */
export async function render(file: Blob, lines: readonly string[]): Promise<Rendered> {
  const bitmap = await decode(file)
  try {
    const size = fit(bitmap, LONG_EDGE)
    const { canvas, context } = draw(bitmap, size)
    const thumb = draw(canvas, fit(size, THUMB_EDGE)).canvas
    drawWatermark(context, size.width, size.height, lines)
    return { full: await toJpeg(canvas, QUALITY), thumb: await toJpeg(thumb, THUMB_QUALITY) }
  } finally {
    bitmap.close()
  }
}
