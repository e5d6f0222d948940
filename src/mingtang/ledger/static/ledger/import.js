// Follows a reading: renews what the page says about it every two seconds, until it is done or broken off.
"use strict";
(() => {
  const WAIT = 2000;
  const renew = async () => {
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "renew" } });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#reading");
      document.querySelector("#reading").replaceWith(found);
    } catch {
      // Not reachable just now, or signed out: the page stays as it is and asks again.
    }
    if (document.querySelector("#reading").dataset.working) setTimeout(renew, WAIT);
  };
  setTimeout(renew, WAIT);
})();
