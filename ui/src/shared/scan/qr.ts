/** Reading QR codes: the browser's own reader, else zxing compiled to WebAssembly, which comes with the app. */

export interface QrReader {
  /** The words of the first code in the picture; null when there is none. */
  read: (picture: ImageBitmapSource) => Promise<string | null>
}

interface Detector {
  detect(picture: ImageBitmapSource): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

async function ownReader(): Promise<Detector | null> {
  const Own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  if (!Own) return null
  const formats = await Own.getSupportedFormats().catch((): string[] => [])
  return formats.includes('qr_code') ? new Own({ formats: ['qr_code'] }) : null
}

async function bundledReader(): Promise<Detector> {
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([
    import('barcode-detector/ponyfill'),
    import('zxing-wasm/reader/zxing_reader.wasm?url'),
  ])
  prepareZXingModule({ overrides: { locateFile: () => wasm } })
  return new BarcodeDetector({ formats: ['qr_code'] })
}

/** Makes a reader; the bundled one is loaded only where the browser has none. */
export async function qrReader(): Promise<QrReader> {
  const detector = (await ownReader()) ?? (await bundledReader())
  return {
    async read(picture) {
      const found = await detector.detect(picture)
      return found.find(({ rawValue }) => rawValue)?.rawValue ?? null
    },
  }
}
