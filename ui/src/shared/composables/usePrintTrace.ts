import { useEventListener } from '@vueuse/core'
import { useBackend, type Backend } from '@/backend'
import { useIsShown } from '@/shared/state/shown'

/**
 * Writes down that a printer was asked for the page that is shown, whatever prints it, a key of the browser as well; that it cannot
 * be written down keeps nobody from printing.
 *
 * @param tell says what is printed; nothing where there is nothing to print.
 */
export function usePrintTrace(tell: (backend: Backend) => Promise<unknown> | undefined): void {
  const backend = useBackend()
  const isShown = useIsShown()
  useEventListener(window, 'beforeprint', () => {
    if (isShown.value) void tell(backend)?.catch(() => {})
  })
}
