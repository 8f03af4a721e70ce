-- How Argo CD tells the health of a FlowContract or ClusterFlowContract.
local health = {}
health.status = "Progressing"
health.message = "Flowguard has not judged this contract yet"

local status = obj.status
if status == nil or status.conditions == nil then
  return health
end
-- What is said of an older spec is not said of this one.
if obj.metadata.generation ~= nil and status.observedGeneration ~= obj.metadata.generation then
  return health
end

for _, condition in ipairs(status.conditions) do
  if condition.type == "Ready" then
    health.message = condition.message
    if condition.status == "True" then
      health.status = "Healthy"
    elseif condition.status == "False" then
      health.status = "Degraded"
    end
  end
end
return health
