import { describe, expect, it } from 'vitest'
import { CommandError, type Arguments } from '@/backend'
import { fakeBackend, type Answers } from '@/shared/testing/backend'
import { mountIn, overlaysSettled, topDialog } from '@/shared/testing/mount'
import HandoverPage from './HandoverPage.vue'
import type { Alarm, Child, List } from './handover'
import { adultOf, childOf, family, FRESH, STALE } from './testing'

const TEACHER = { id: 'me', name: '林老师' }

/** The door with these children, in the hands of somebody with these permissions. */
async function door(
  children: readonly Child[],
  {
    list = FRESH,
    may = ['see_pickup', 'hand_over_children'],
    here = true,
    locked = false,
    more = {} as Answers,
    alarms = [] as Alarm[],
    path = '/handover',
  } = {},
) {
  const known = fakeBackend({
    'door.get': { door: 'tablet', organisation: 'o' } as never,
    'person.current': { by: TEACHER, permissions: may } as never,
    'campus.list': { campuses: [], here: null } as never,
    'draft.get': { draft: null },
    'draft.save': {} as never,
    'handover.day': {
      date: '2026-11-30',
      here,
      locked,
      list: list as List,
      classes: [{ class: 'one', name: '大一班', enrolled: 2, came: 1, here: 1, noticed: 0, medicine: 0 }],
      children: here ? children : [],
      alarms: [],
    },
    'handover.alarms': { alarms },
    'handover.give': { rows: ['r'], alarms: [] },
    ...more,
  } as Answers)
  const { wrapper } = await mountIn(HandoverPage, { backend: known.backend, path })
  await expect.poll(() => wrapper.find('[data-views], .empty').exists()).toBe(true)
  return { ...known, wrapper }
}
const given = (calls: readonly { name: string; args: unknown }[]) =>
  calls.filter(({ name }) => name === 'handover.give').map(({ args }) => args as Arguments<'handover.give'>)
async function press(selector: string) {
  await overlaysSettled()
  await topDialog().get(selector).trigger('click')
  await overlaysSettled()
}

describe('the door of a class', () => {
  it('lets a child come in by one press, which says how it was found to be', async () => {
    const { wrapper, calls } = await door([childOf('小明', { state: 'not_seen' })])
    await wrapper.get('[data-child=小明] [data-check=yellow]').trigger('click')
    await expect.poll(() => wrapper.find('[data-given]').text()).toContain('小明来园，晨检有异常')
    expect(given(calls)).toEqual([{ children: ['小明'], direction: 'arrive', check: '黄' }])
  })

  it('finds a child by its initials, by those of who fetches it, and nobody by what nobody is called', async () => {
    const ming = childOf('小明', { adults: [adultOf('刘芳')] })
    const others = Array.from({ length: 12 }, (_, at) => childOf(`别人${at}`))
    const known: Record<string, { children: string[]; lines: string[] }> = {
      xm: { children: ['小明'], lines: [] },
      lf: { children: [], lines: ['刘芳'] },
    }
    const { wrapper } = await door([ming, ...others], {
      more: { 'handover.find': ({ typed }) => known[typed] ?? { children: [], lines: [] } },
    })
    const shown = () => wrapper.findAll('[data-child]').map((tile) => tile.attributes('data-child'))
    for (const typed of ['xm', 'lf']) {
      await wrapper.get('input[type=search]').setValue(typed)
      await expect.poll(shown, { message: typed }).toEqual(['小明'])
      await wrapper.get('input[type=search]').setValue('zz')
      await expect.poll(shown).toEqual([])
    }
  })

  it('hands a child over in three presses: the child, the adult, how they were known', async () => {
    const { wrapper, calls } = await door([childOf('小明', { adults: [adultOf('刘芳')] })])
    await wrapper.get('[data-child=小明]').trigger('click')
    await press('[data-adult=good]')
    await press('[data-way=card]')
    expect(given(calls)).toEqual([
      { children: ['小明'], direction: 'leave', adult: '刘芳', verified: '接送卡', sure: [] },
    ])
    await expect.poll(() => wrapper.find('[data-given]').text()).toContain('小明离园，交给刘芳')
  })

  it('hands four siblings over in four presses, and by the adult in three', async () => {
    const ids = ['一', '二', '三', '四']
    const first = await door(family(ids))
    await first.wrapper.get('[data-child=一]').trigger('click')
    await press('[data-adult=good]')
    await press('[data-all]')
    await press('[data-way=known]')
    expect(given(first.calls)[0]).toMatchObject({ children: ids, adult: '一/m' })
    first.wrapper.unmount()

    const second = await door(family(ids))
    await second.wrapper.findAll('[data-views] button').at(-1)?.trigger('click')
    await second.wrapper.get('[data-fetcher=刘芳]').trigger('click')
    await press('[data-way=known]')
    expect(given(second.calls)[0]).toMatchObject({ children: ids, adult: '一/m' })
  })

  it('says before the last press that an adult must not fetch the child, and records it when it has happened', async () => {
    const ban = adultOf('许志刚', { stands: 'forbidden' })
    const { wrapper, calls } = await door([childOf('小明', { adults: [ban] })])
    await wrapper.get('[data-child=小明]').trigger('click')
    await press('[data-adult=forbidden]')
    expect(topDialog().get('[data-ask]').text()).toContain('不要把孩子交给这个人')
    expect(given(calls)).toEqual([])
    await press('[data-way=known]')
    expect(given(calls)[0]).toMatchObject({ adult: '许志刚', sure: ['alarm/forbidden'] })
  })

  it('takes a call to a guardian for the answer to a list that is too old', async () => {
    const { wrapper, calls } = await door([childOf('小明', { adults: [adultOf('刘芳')] })], { list: STALE })
    expect(wrapper.get('[data-list-age]').text()).toContain('已超过 4 小时')
    await wrapper.get('[data-child=小明]').trigger('click')
    await press('[data-adult=good]')
    await press('[data-called]')
    const [asked] = given(calls)
    expect(asked).toMatchObject({ verified: '电话', called: '刘芳', sure: [] })
    expect(asked?.called_at).toBeGreaterThan(0)
  })

  it('asks about what it did not know of, once', async () => {
    const warnings = [{ code: 'alarm/twice', zh: '登记了两次离园', en: 'Left twice' }]
    const { wrapper, calls } = await door([childOf('小明', { adults: [adultOf('刘芳')] })], {
      more: {
        'handover.give': ({ sure }: Arguments<'handover.give'>) => {
          if (!sure?.includes('alarm/twice'))
            throw new CommandError('confirm-value', 'Left twice', 'adult', { warnings })
          return { rows: ['r'], alarms: [] }
        },
      },
    })
    await wrapper.get('[data-child=小明]').trigger('click')
    await press('[data-adult=good]')
    await press('[data-way=known]')
    expect(topDialog().get('[data-ask]').text()).toContain('登记了两次离园')
    await press('[data-way=known]')
    expect(given(calls).at(-1)).toMatchObject({ sure: ['alarm/twice'] })
    await expect.poll(() => wrapper.find('[data-given]').text()).toContain('小明离园')
  })

  it('takes back what was pressed by mistake, every row of it', async () => {
    const { wrapper, calls } = await door(family(['一', '二']), {
      more: { 'handover.give': { rows: ['r1', 'r2'], alarms: [] }, 'entry.void': {} as never },
    })
    await wrapper.findAll('[data-views] button').at(-1)?.trigger('click')
    await wrapper.get('[data-fetcher=刘芳]').trigger('click')
    await press('[data-way=known]')
    await wrapper.get('[data-undo]').trigger('click')
    await expect.poll(() => calls.filter(({ name }) => name === 'entry.void').length).toBe(2)
    await expect.poll(() => wrapper.find('[data-given]').text()).toBe('')
  })

  it('leads from the list of what was begun to the very child whom the words are about', async () => {
    const begun = encodeURIComponent('entry.door/child_handover')
    await door([childOf('小明'), childOf('小红')], { path: `/handover?unfinished=${begun}&record=小红` })
    await overlaysSettled()
    expect(topDialog().text()).toContain('小红')
    expect(topDialog().text()).toContain('来接的人')
  })

  it('only shows who may fetch to whoever stands at the gate', async () => {
    const child = childOf('小明', { adults: [adultOf('刘芳')] })
    const { wrapper } = await door([child], { may: ['see_pickup'] })
    await wrapper.get('[data-child=小明]').trigger('click')
    await overlaysSettled()
    expect(topDialog().find('button[data-adult]').exists()).toBe(false)
    expect(topDialog().text()).toContain('交接由班级老师登记')
  })

  it('says on a tablet without children that they are not there', async () => {
    const { wrapper } = await door([], { here: false })
    expect(wrapper.text()).toContain('不在本平板')
  })

  it('says that children are locked, and not that they are elsewhere, and leads to the sync', async () => {
    const { wrapper } = await door([], { here: false, locked: true })
    expect(wrapper.text()).toContain('已锁上')
    expect(wrapper.text()).not.toContain('不在本平板')
    expect(wrapper.get('.empty a').attributes('href')).toBe('/queue')
  })

  it('writes one answer under each row of an alarm', async () => {
    const alarm: Alarm = {
      code: 'twice',
      words: { zh: '登记了两次离园', en: 'Left twice' },
      red: true,
      answered: false,
      child: '小明',
      name: '小明',
      class: 'one',
      day: '2026-11-30',
      rows: ['r1', 'r2'],
    }
    const row = (id: string, history: object[]) => ({ id, version: 'v', words: {}, fields: {}, history })
    const { wrapper, calls } = await door([childOf('小明')], {
      alarms: [alarm],
      more: {
        'entry.get': ({ id }: Arguments<'entry.get'>) =>
          row(id, id === 'r1' ? [{ act: 'answer', not_counted: null }] : []) as never,
        'entry.act': { entry: 'e', not_counted: null } as never,
      },
    })
    await wrapper.get('[data-alarm=twice]').trigger('click')
    await overlaysSettled()
    await topDialog().get('input[value=在监护人处]').setValue(true)
    await topDialog().get('textarea').setValue('妈妈和奶奶都来了，孩子和妈妈在一起')
    await topDialog().get('form').trigger('submit')
    await expect.poll(() => calls.filter(({ name }) => name === 'entry.act').length).toBe(1)
    expect(calls.find(({ name }) => name === 'entry.act')?.args).toMatchObject({
      id: 'r2',
      act: 'answer',
      set: { outcome: '在监护人处', words: '妈妈和奶奶都来了，孩子和妈妈在一起' },
    })
  })
})
