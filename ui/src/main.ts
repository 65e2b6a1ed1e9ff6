import './app/tokens.css'
import './app/base.css'
import { createApp } from 'vue'
// What nearly every page stands on comes with the start, and is no part of each of them.
import './shared/components/BaseButton.vue'
import './shared/state/unfinished'
import App from './app/App.vue'
import { makeI18n } from './app/i18n'
import { makeRouter } from './app/router'
import { BACKEND, WHO, openBackend } from './backend'
import { keepComposingToItself } from './shared/state/composing'
import { IS_BUSY, lockWhatWasLeft, watchCalls } from './shared/state/idle'
import { followLeaving, storingBeforeSwitches } from './shared/state/leave'
import { SESSION, createSession, isReady } from './shared/state/session'
import { tieToHistory } from './shared/state/overlays'
import { keepFocusInSight } from './shared/state/sight'
import { SYNC, createSync } from './shared/state/sync'
import { followLook, useLook } from './shared/state/look'

async function start() {
  // Before anybody else listens: the router, and whoever takes keys for commands.
  keepComposingToItself(window)
  tieToHistory(window)
  keepFocusInSight(window)
  const { language } = useLook()
  followLook()
  const { backend, isBusy } = watchCalls(storingBeforeSwitches(await openBackend()))
  const session = createSession(backend)
  followLeaving()
  const sync = createSync(backend)
  // A first page without a session would paint the wrong thing; a door that does not answer has a page of its own.
  await session.reload().catch(() => {})
  await lockWhatWasLeft({ backend, session })
  const account = session.door.value?.account
  if (!session.isOffice.value || isReady(account)) void sync.reload().catch(() => {})

  createApp(App)
    .provide(BACKEND, backend)
    .provide(WHO, () => session.worker.value?.by?.id ?? null)
    .provide(IS_BUSY, isBusy)
    .provide(SESSION, session)
    .provide(SYNC, sync)
    .use(makeI18n(language.value))
    .use(makeRouter(session))
    .mount('#app')
}

void start()
