export { fileTokenStore, type FileTokenStoreOptions } from "./file-token-store.ts";
export { keyringTokenStore, type Keyring, type KeyringTokenStoreOptions } from "./keyring-token-store.ts";
export { loopbackLogin, type LoopbackLoginOptions } from "./loopback-login.ts";
export { FolderUnavailable, makePrivateFolder } from "./make-private-folder.ts";
