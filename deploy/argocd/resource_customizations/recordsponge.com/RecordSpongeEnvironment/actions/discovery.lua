local annotations = obj.metadata.annotations or {}
local spec = obj.spec or {}
local release = (obj.status or {}).release or {}

local suspended = annotations["recordsponge.com/suspend"] == "true"
local held = annotations["recordsponge.com/hold"] ~= nil

return {
  suspend = {
    displayName = "Suspend: scale to zero",
    iconClass = "fa fa-fw fa-pause-circle",
    disabled = suspended or spec.suspend == true
  },
  resume = {
    displayName = "Resume",
    iconClass = "fa fa-fw fa-play-circle",
    disabled = not suspended
  },
  approve = {
    displayName = "Approve: promote the candidate now",
    iconClass = "fa fa-fw fa-check-circle",
    disabled = release.candidate == nil or release.candidate.digest == nil
  },
  hold = {
    displayName = "Hold: deploy nothing new",
    iconClass = "fa fa-fw fa-hand-paper",
    disabled = held,
    params = {{name = "reason"}}
  },
  unhold = {
    displayName = "Remove the hold",
    iconClass = "fa fa-fw fa-hand-point-right",
    disabled = not held
  },
  retry = {
    displayName = "Retry: try failed images again",
    iconClass = "fa fa-fw fa-redo",
    disabled = #(release.bad or {}) == 0
  },
  restart = {
    displayName = "Restart: replace the pods",
    iconClass = "fa fa-fw fa-sync",
    disabled = suspended or spec.suspend == true
  }
}
