/** A colleague beside who works proves with a PIN of their own that it is they who sign; nobody is switched for it. */
import { ref, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useBackend, type Arguments, type CommandError } from '@/backend'
import { useErrorText } from '@/shared/format/error'
import { useWait } from './useWait'

export interface Beside {
  /** The PIN stands here and nowhere else, and only while it is typed. */
  pin: Readonly<Ref<string>>
  /** What is wrong with it. */
  trouble: Readonly<Ref<string>>
  /** Takes what was typed; an empty text forgets it. */
  type: (typed: string) => void
  /** Seconds until the next try. */
  left: ComputedRef<number>
  /** Proves it for one act on one record as it was seen. */
  vouch: (what: Omit<Arguments<'person.vouch'>, 'pin'>, needsPin: boolean) => Promise<{ as: string }>
  /** Whether a refusal is about the PIN; then it is told where that is typed. */
  tells: (refused: CommandError) => boolean
}

export function useBeside(): Beside {
  const { t } = useI18n()
  const textOf = useErrorText()
  const backend = useBackend()
  const wait = useWait()
  const pin = ref('')
  const trouble = ref('')
  return {
    pin,
    trouble,
    left: wait.left,
    type(typed) {
      pin.value = typed
      if (typed) trouble.value = ''
    },
    async vouch(what, needsPin) {
      const asked = { ...what, ...(needsPin ? { pin: pin.value } : {}) }
      return { as: (await backend.call('person.vouch', asked)).voucher }
    },
    tells(refused) {
      if (refused.field !== 'pin' && refused.code !== 'wrong-pin' && refused.code !== 'wait') return false
      wait.begin(refused)
      trouble.value = refused.code === 'wrong-pin' ? t('pin.wrong') : textOf(refused)
      return true
    },
  }
}
