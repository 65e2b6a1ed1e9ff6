import { expect, it } from 'vitest'
import { keepComposingToItself } from './composing'

keepComposingToItself(window)

function heard(init: KeyboardEventInit & { keyCode?: number }): boolean {
  let isHeard = false
  const field = document.body.appendChild(document.createElement('input'))
  const hear = () => (isHeard = true)
  field.addEventListener('keydown', hear)
  window.addEventListener('keydown', hear, { capture: true })
  field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))
  window.removeEventListener('keydown', hear, { capture: true })
  field.remove()
  return isHeard
}

it('keeps a key from everybody while a word is composed', () => {
  expect(heard({ key: 'Enter', isComposing: true })).toBe(false)
  expect(heard({ key: 'ArrowDown', isComposing: true })).toBe(false)
})

it('knows the Enter that ends a word in WebKit by its number alone', () => {
  expect(heard({ key: 'Enter', keyCode: 229 })).toBe(false)
})

it('lets every other key through', () => {
  expect(heard({ key: 'Enter', keyCode: 13 })).toBe(true)
})
