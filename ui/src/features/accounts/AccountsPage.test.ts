import { flushPromises } from '@vue/test-utils'
import { describe, expect, it, onTestFinished } from 'vitest'
import { CommandError, type Role } from '@/backend'
import { fakeBackend } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import AccountsPage from './AccountsPage.vue'

const account = (name: string, person: string, ...roles: Role[]) => ({
  name,
  person: { id: name, name: person },
  roles,
  must_begin: false,
  created_at: 0,
})
const ADMIN = account('admin', '陈志强', 'logi', 'admin')
const LIMIN = account('limin', '李敏', 'fso')

async function page(remove: () => unknown = () => ({ accounts: [ADMIN] })) {
  const { backend, calls } = fakeBackend({
    'door.get': {
      door: 'office',
      version: '1',
      organisation: { id: 'o', name: '园' },
      account: { name: 'admin', person: 'p', roles: ['logi', 'admin'], must_begin: false },
    },
    'person.current': { by: { id: 'p', name: '陈志强' }, roles: [], permissions: [], should_set_pin: false },
    'campus.list': { campuses: [], here: null },
    'account.list': { accounts: [ADMIN, LIMIN] },
    'account.remove': remove,
  })
  const { wrapper } = await mountIn(AccountsPage, { backend })
  await flushPromises()
  onTestFinished(() => wrapper.unmount())
  const press = async (label: string) => {
    await wrapper.get(`button[aria-label="${label}"]`).trigger('click')
    await overlaysSettled()
  }
  return { wrapper, press, removed: () => calls.filter(({ name }) => name === 'account.remove') }
}

describe('removing an account', () => {
  it('asks first, in plain words, and then says what was done', async () => {
    const { wrapper, press, removed } = await page()
    await press('移除：limin')
    expect(removed()).toEqual([])
    expect(topDialog().text()).toContain('仍写着李敏的名字')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    await overlaysSettled()
    expect(removed()).toEqual([{ name: 'account.remove', args: { name: 'limin' } }])
    expect(wrapper.findAll('li').map((row) => row.get('.name').text())).toEqual(['admin'])
    expect(document.activeElement?.textContent).toContain('已移除账号 limin')
  })

  it('has no button for one’s own, and says why', async () => {
    const { wrapper } = await page()
    expect(wrapper.find('button[aria-label="移除：admin"]').exists()).toBe(false)
    expect(wrapper.get('li').text()).toContain('请另一位管理员来做')
  })

  it('keeps the question open with the reason when it is refused', async () => {
    const { wrapper, press } = await page(() => {
      throw new CommandError('last-administrator', 'no')
    })
    await press('移除：limin')
    await topDialog().get('form').trigger('submit')
    await flushPromises()
    await overlaysSettled()
    expect(topDialog().text()).toContain('最后一位系统管理员')
    expect(wrapper.findAll('li')).toHaveLength(2)
  })
})
