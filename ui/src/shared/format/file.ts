import type { SavedSheet, SheetFile } from '@/backend'

/** Gives a file to the person, as a download of the browser; what the program has saved already needs nothing more. */
export function giveFile(file: SheetFile | SavedSheet): void {
  if (!('bytes' in file)) return
  const address = URL.createObjectURL(file.bytes)
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser has taken the bytes by then; nothing of them stays in the page.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
