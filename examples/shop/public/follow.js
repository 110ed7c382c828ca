// Looks at the order again while its payment may still change, and shows what is new in place.
const SECONDS = 3;

async function look() {
  const answer = await fetch(location.href).catch(() => undefined);
  if (answer?.ok) {
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const [shown, now] = [document, next].map((page) => page.querySelector('[data-state]'));
    if (shown?.dataset.state !== now?.dataset.state) {
      document.title = next.title;
      document.querySelector('main').replaceWith(next.querySelector('main'));
    }
  }
  follow();
}

function follow() {
  if (document.querySelector('[data-followed]') !== null) setTimeout(look, SECONDS * 1000);
}

follow();
