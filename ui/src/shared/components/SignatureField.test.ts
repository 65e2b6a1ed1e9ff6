import { beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn } from '@/shared/testing/mount'
import { useLook } from '../state/look'
import SignatureField from './SignatureField.vue'

/** The ink of each drawing of lines on the field, in their order, and that of the pen. */
const field = vi.hoisted(() => ({ drawn: [] as string[], pen: '' }))

vi.mock('signature_pad', () => ({
  default: class {
    constructor(_: unknown, { penColor }: { penColor: string }) {
      field.pen = penColor
    }
    set penColor(ink: string) {
      field.pen = ink
    }
    addEventListener() {}
    clear() {}
    off() {}
    fromData(groups: { penColor: string }[]) {
      field.drawn.push(...groups.map(({ penColor }) => penColor))
    }
  },
}))

describe('a signature', () => {
  beforeEach(() => {
    field.drawn = []
    vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
  })

  it('is drawn anew in the ink of the theme that holds, as is what comes after it', async () => {
    const { theme } = useLook()
    const inks = document.documentElement.style
    theme.value = 'day'
    inks.setProperty('--ink', '#111111')
    await mountIn(
      SignatureField,
      { backend: fakeBackend({}).backend },
      {
        props: {
          label: '签名',
          modelValue: [
            [
              [100, 100],
              [900, 400],
            ],
          ],
        },
      },
    )
    expect([field.drawn, field.pen]).toEqual([['#111111'], '#111111'])
    inks.setProperty('--ink', '#eeeeee')
    theme.value = 'night'
    await nextTick()
    expect([field.drawn, field.pen]).toEqual([['#111111', '#eeeeee'], '#eeeeee'])
  })
})
