// Keeps the page as the server would send it now, without moving focus or what is scrolled, and says so politely.
'use strict';

const script = document.currentScript;
const LOST = 'The preview has ended, or can’t be reached. What you see may be older than the source.';
let mark = null;
let turn = Promise.resolve();

// Says it again even if it is the same as before: a reader of the screen tells of changes alone.
function say(text) {
  const status = document.getElementById('status');
  status.textContent = '';
  requestAnimationFrame(() => requestAnimationFrame(() => { status.textContent = text; }));
}

// Makes an element like a new one. What has an id stays the element that it was.
function renew(old, fresh) {
  if (old.isEqualNode(fresh) || old.id === 'status') return;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const known = new Map([...old.children].filter((it) => it.id).map((it) => [it.id, it]));
  const wanted = [...fresh.childNodes].map((child) => {
    const same = known.get(child.id);
    if (!same || same.tagName !== child.tagName) return document.adoptNode(child);
    renew(same, child);
    return same;
  });
  // What goes, goes first: what stays is not moved then, and keeps its focus.
  for (const child of [...old.childNodes]) if (!wanted.includes(child)) child.remove();
  let place = old.firstChild;
  for (const child of wanted) {
    if (child === place) place = place.nextSibling;
    else old.insertBefore(child, place);
  }
}

// A text that is loaded anew starts where it was read before.
const kept = new WeakSet();
function keepScrolled() {
  const frame = document.getElementById('text-frame');
  if (!frame || kept.has(frame)) return;
  kept.add(frame);
  let top = 0;
  const listen = () => {
    frame.contentWindow.scrollTo(0, top);
    frame.contentWindow.addEventListener('scroll', () => { top = frame.contentWindow.scrollY; });
  };
  frame.addEventListener('load', listen);
  if (frame.contentDocument && frame.contentDocument.readyState === 'complete') listen();
}

async function take(event) {
  const news = JSON.parse(event.data);
  const answer = await fetch(location.pathname, { cache: 'no-store' });
  if (answer.ok) {
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    document.title = fresh.title;
    for (const id of ['header', 'main']) renew(document.getElementById(id), fresh.getElementById(id));
    keepScrolled();
  }
  const status = document.getElementById('status');
  if (!answer.ok) say('This topic is no longer there.');
  else if (news.said && (news.mark !== mark || status.textContent !== news.said)) say(news.said);
  if (news.said) mark = news.mark;
}

const events = new EventSource(script.dataset.events);
events.onmessage = (event) => { turn = turn.then(() => take(event)).catch(() => say(LOST)); };
events.onerror = () => { mark = null; if (document.getElementById('status').textContent !== LOST) say(LOST); };
keepScrolled();
