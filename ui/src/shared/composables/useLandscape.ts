/** Lays the printed page on its side. */
import { onScopeDispose, watchEffect } from 'vue'

/**
 * While `isWide` holds, everything that is printed lies on its side.
 *
 * A named page would say the same in a style, but what stands around the paper has no name, and so begins a page of the other sort.
 */
export function useLandscape(isWide: () => boolean): void {
  if (!('adoptedStyleSheets' in document)) return
  const style = new CSSStyleSheet()
  style.replaceSync('@page { size: A4 landscape }')
  const without = () => document.adoptedStyleSheets.filter((known) => known !== style)
  watchEffect(() => {
    document.adoptedStyleSheets = isWide() ? [...without(), style] : without()
  })
  onScopeDispose(() => {
    document.adoptedStyleSheets = without()
  })
}
