/** A command that is to run in the background. */
export interface Service {
  /** The program and its arguments. No secret is among them. */
  readonly command: ReadonlyArray<string>;
  /** Where it runs: paths in its arguments are relative to it. */
  readonly folder: string;
  /** Variables, a line each, such as logins; may be missing. */
  readonly environmentFile: string;
  readonly description: string;
}

/** For systemd, `%` and `$` begin something, and a line ends a setting. */
const quoted = (text: string): string =>
  `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("%", "%%")
    .replaceAll("$", () => "$$")}"`;

const plain = (text: string): string => text.replaceAll(/\s+/gu, " ").replaceAll("%", "%%");

/** A unit for the user's own systemd. */
export const systemdUnit = ({ command, folder, environmentFile, description }: Service): string => `[Unit]
Description=${plain(description)}
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${command.map(quoted).join(" ")}
WorkingDirectory=${plain(folder)}
EnvironmentFile=-${plain(environmentFile)}
Restart=on-failure
RestartSec=60
# A wrong command line, a login that has ended: it would fail again.
RestartPreventExitStatus=2 4
SuccessExitStatus=143
TimeoutStopSec=30
UMask=0077

[Install]
WantedBy=default.target
`;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** An agent for launchd; `log` gets what it says. */
export const launchdPlist = (
  { command, folder }: Service,
  label: string,
  log: string
): string => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>${escaped(label)}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((argument) => `    <string>${escaped(argument)}</string>`).join("\n")}
  </array>
  <key>WorkingDirectory</key><string>${escaped(folder)}</string>
  <key>RunAtLoad</key><true/>
  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
  <key>ThrottleInterval</key><integer>60</integer>
  <key>ExitTimeOut</key><integer>30</integer>
  <key>Umask</key><integer>63</integer>
  <key>StandardOutPath</key><string>${escaped(log)}</string>
  <key>StandardErrorPath</key><string>${escaped(log)}</string>
</dict>
</plist>
`;
