/** The one way of the screens to the commands; it alone knows which door the page came through. */
import { inject, type InjectionKey } from 'vue'
import type { Backend } from './types'

export type * from './bindings'
export type * from './problems'
export type * from './types'
// A command has an answer of this name too; the news is what screens mean by it.
export type { Changed } from './types'
export { CommandError, type ErrorCode } from './error'

/** Under which an app provides its door. */
export const BACKEND: InjectionKey<Backend> = Symbol('backend')

/** Under which an app provides who works in front of the screen. */
export const WHO: InjectionKey<() => string | null> = Symbol('who')

/** The door of this page. */
export async function openBackend(): Promise<Backend> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./tauri')).tauriBackend()
  return (await import('./http')).httpBackend()
}

/**
 * The commands, inside a component's setup, in the hands of whom the component was made for.
 *
 * A page outlives a switch of persons while it is kept; what it still had to save never goes under the next one's name.
 */
export function useBackend(): Backend {
  const backend = inject(BACKEND)
  if (!backend) throw new Error('the app has no backend')
  const person = inject(WHO, () => null)()
  return person === null ? backend : { ...backend, call: (name, args) => backend.call(name, args, person) }
}
