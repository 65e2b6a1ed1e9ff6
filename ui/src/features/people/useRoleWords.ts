/** Roles and how long they last, in words. */
import type { Grant } from './people'
import { useTexts } from './texts'

export function useRoleWords() {
  const { t, te } = useTexts()
  const roleName = (code: string) => (te(`role.${code}`, 'zh') ? t(`role.${code}`) : code)
  /** 长期, 自 2026-09-01, 至 2026-12-31, or both. */
  function lasting({ valid_from: from, valid_to: to }: Pick<Grant, 'valid_from' | 'valid_to'>) {
    if (from && to) return t('people.from_to', { from, to })
    if (from) return t('people.from', { from })
    return to ? t('people.to', { to }) : t('people.always')
  }
  return {
    roleName,
    roleNames: (codes: readonly string[]) => codes.map(roleName).join(t('people.comma')),
    lasting,
  }
}
