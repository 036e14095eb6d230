import { hasCode, type Rule } from "./rule.ts";

/** Settings of the server that stand against the test. */
export const settingRules: readonly Rule[] = [
  {
    id: "sign-up-closed",
    applies: hasCode("api.user.create_user.no_open_server"),
    likely:
      "The server is closed (TeamSettings.EnableOpenServer is false), as it should be on the internet.",
    mend: "Give an administrator's token with --token-file FILE or MATTERMOST_SMOKE_TOKEN, or the invite id of a team with --invite ID.",
  },
  {
    id: "sign-up-disabled",
    applies: hasCode(
      "api.user.create_user.signup_email_disabled.app_error",
      "api.user.create_user.disabled.app_error",
    ),
    likely: "Nobody may sign up with an email address.",
    mend: "Set TeamSettings.EnableUserCreation and EmailSettings.EnableSignUpWithEmail to true, at least for the test.",
  },
  {
    id: "email-domain",
    applies: ({ code }) =>
      code?.startsWith("api.user.create_user.accepted_domain") === true ||
      code === "api.team.invite_members.invalid_email.app_error",
    likely: "Only addresses of certain domains may sign up, and the test uses example.com.",
    mend: "Empty TeamSettings.RestrictCreationToDomains, and the allowed domains of the team, for the test.",
  },
  {
    id: "invite-invalid",
    applies: hasCode(
      "app.team.get_by_invite_id.finding.app_error",
      "api.user.create_user.signup_link_invalid.app_error",
    ),
    likely: "The invite id is none that the server has now: it was mistyped or made anew.",
    mend: "Copy it from the end of the team's invite link: Team menu, Invite people.",
  },
  {
    id: "invite-group-constrained",
    applies: hasCode("app.team.invite_id.group_constrained.error"),
    likely: "The team of the invite takes its members from groups.",
    mend: "Give the invite id of another team, or an administrator's token with --token-file FILE.",
  },
  {
    id: "mail-verification",
    applies: hasCode("api.user.login.not_verified.app_error"),
    likely:
      "Who signs up has to follow a link in a mail first (EmailSettings.RequireEmailVerification).",
    mend: "Give an administrator's token with --token-file FILE, which verifies the address, or switch verification off for the test.",
  },
  {
    id: "sign-in-disabled",
    applies: ({ code }) => code?.startsWith("api.user.login.invalid_credentials") === true,
    likely: "Nobody may sign in with a user name and a password.",
    mend: "Set EmailSettings.EnableSignInWithUsername to true.",
  },
  {
    id: "second-factor",
    applies: hasCode("api.context.mfa_required.app_error"),
    likely:
      "Every account needs a second factor (ServiceSettings.EnforceMultifactorAuthentication).",
    mend: "Switch that off for the test.",
  },
  {
    id: "too-many-accounts",
    applies: ({ code }) => /user_limits?\.exceeded$|max_accounts\.app_error$/.test(code ?? ""),
    likely: "The server or the team has as many accounts as it may have.",
    mend: "Deactivate accounts, or raise TeamSettings.MaxUsersPerTeam.",
  },
  {
    id: "team-creation",
    applies: ({ code }) => code?.startsWith("api.team.is_team_creation_allowed") === true,
    likely: "An ordinary account may not create a team.",
    mend: "Give the role “system user” the permission to create teams, at least for the test.",
  },
  {
    id: "uploads-disabled",
    applies: hasCode("api.file.attachments.disabled.app_error"),
    likely: "Attachments are switched off.",
    mend: "Set FileSettings.EnableFileAttachments to true.",
  },
  {
    id: "upload-too-large",
    applies: ({ code, status, isFromServer }) =>
      (status === 413 && isFromServer) ||
      code?.startsWith("api.file.upload_file.too_large") === true,
    likely: "The image is larger than FileSettings.MaxFileSize.",
    mend: "Raise FileSettings.MaxFileSize; the image of the test has a little more than 1 MiB.",
  },
  {
    id: "file-store",
    applies: ({ code, status }) =>
      /(^|\.)(file|write_file|upload_file|read_file|reader|writer)[._]/.test(code ?? "") &&
      status !== undefined &&
      status >= 500,
    likely: "The server cannot write to its file store, or not read from it.",
    mend: "Check FileSettings, the owner and the space of its folder, or the access to its bucket.",
  },
  {
    id: "image-differs",
    applies: hasCode("image-differs", "thumbnail-is-no-image"),
    likely: "The file store or something in front of the server alters files.",
    mend: "Check the file store, and switch off caching and image optimisation in the proxy.",
  },
  {
    id: "session-lost",
    applies: hasCode("api.context.session_expired.app_error"),
    likely: "The proxy removes the header Authorization, or the requests reach different servers.",
    mend: "Let the proxy pass Authorization on, and let all addresses of the site reach one server.",
  },
  {
    id: "forbidden",
    applies: ({ status, isFromServer }) => status === 403 && isFromServer,
    likely: "The permissions of ordinary accounts were narrowed.",
    mend: "Give the role back what the error names, at least for the test.",
  },
];
