import { describe, expect, it } from 'vitest'
import { mount } from '@vue/test-utils'
import { h, type Component } from 'vue'
import { makeI18n } from '@/app/i18n'
import { CommandError, type ErrorCode } from '@/backend'
import type { Language } from '@/shared/state/look'
import { useErrorText } from './error'

function inWords(language: Language, code: string, details = {}): string {
  const Shown: Component = {
    setup() {
      const text = useErrorText()(new CommandError(code as ErrorCode, 'what happened', null, details))
      return () => h('p', text)
    },
  }
  return mount(Shown, { global: { plugins: [makeI18n(language)] } }).text()
}

describe('an error in words', () => {
  it('is the sentence of the table in the language of the screen', () => {
    expect(inWords('zh', 'own-recheck')).toBe('您整改的不能由您自己复查或销号，请另一人来做。')
    expect(inWords('en', 'replica-forked')).toBe('Another store pushes under this replica id.')
  })

  it('tells its details where they help', () => {
    expect(inWords('en', 'wait', { wait_s: 30 })).toBe('Too many wrong tries; wait 30 seconds.')
  })

  it('shows what the program said when it is of a later version', () => {
    expect(inWords('en', 'of-a-later-version')).toBe('That did not work: what happened')
  })
})
