// Loads the wall anew when something happened on it, unless somebody is writing.
const network = document.currentScript.dataset.network
let waiting = false
let again = false

async function renew() {
  const writing = document.activeElement?.matches('textarea, input') || document.querySelector('details[open]')
  if (writing) return
  if (waiting) {
    again = true
    return
  }
  waiting = true
  try {
    const answer = await fetch(location.href, { headers: { 'x-news': '1' } })
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const fresh = page.querySelector('main')
      if (fresh) document.querySelector('main').replaceWith(fresh)
    }
  } finally {
    // At most two loads a second, however much comes in.
    setTimeout(() => {
      waiting = false
      if (again) {
        again = false
        renew()
      }
    }, 500)
  }
}

new EventSource('/live/' + encodeURIComponent(network)).onmessage = renew
