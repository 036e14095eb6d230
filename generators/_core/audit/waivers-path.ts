/** Where a repository keeps its waivers: POSIX, relative to its root. */
export const waiversPath = ".mattermost-deployment/waivers.yaml";
