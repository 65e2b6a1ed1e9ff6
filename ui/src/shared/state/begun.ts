/** The way from the list of what was begun back into its form. */
import { watch } from 'vue'
import { useRoute } from 'vue-router'
import { useIsShown } from './shown'

/**
 * Calls `open` with the form that the address names, once what it is about is known and the page is in front of its person; again
 * whenever the page comes in front once more, as one that is kept may be led to from the same list again.
 *
 * @param isKnown whether what the form is about stands there.
 * @param open is told the record too where the page serves many.
 */
export function useBegun(isKnown: () => boolean, open: (form: string, record: string | null) => void): void {
  const route = useRoute()
  const isShown = useIsShown()
  watch(
    () => isKnown() && isShown.value,
    (isReady) => {
      if (!isReady) return
      // Read only now: a page that is kept hears the addresses of others.
      const { unfinished, record } = route.query
      if (typeof unfinished === 'string' && unfinished)
        open(unfinished, typeof record === 'string' ? record : null)
    },
    { immediate: true },
  )
}
