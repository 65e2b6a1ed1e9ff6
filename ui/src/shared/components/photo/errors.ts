/** Why a photo was not kept, in words. */
import { useI18n } from 'vue-i18n'

/** The sentence for a code of the photo's own, or of a command. */
export function useErrorKey(): (code: string | null) => string {
  const { t, te } = useI18n()
  return (code) => {
    const keys = ['photo.problem', 'error', 'problem'].map((kind) => `${kind}.${code ?? ''}`)
    const known = keys.find((key) => te(key, 'zh'))
    return known ? t(known, { message: '' }) : t('photo.problem.unknown', { code: code ?? '' })
  }
}
