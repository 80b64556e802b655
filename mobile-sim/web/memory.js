// What the phone remembers, in IndexedDB: its key as an object that the browser lets nobody read, and what it was told.
const DATABASE = "avain-browser-phone";
const STORE = "phones";

export const recall = (name) => use("readonly", (store) => store.get(name));
export const remember = (name, profile) => use("readwrite", (store) => store.put(profile, name));
export const forget = (name) => use("readwrite", (store) => store.delete(name));

async function use(mode, act) {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const request = act(transaction.objectStore(STORE));
    await new Promise((resolve, reject) => {
      transaction.addEventListener("complete", resolve);
      transaction.addEventListener("abort", () => reject(transaction.error));
    });
    return request.result;
  } finally {
    database.close();
  }
}

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => request.result.createObjectStore(STORE));
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error));
  });
}
