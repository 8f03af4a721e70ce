-- For wrk: sends the reviews of a file in turn, one in each of its lines, and tells the result in one line of words.
-- wrk -s reviews.lua URL -- FILE

local threads = 0

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

-- Requests are made beforehand: what this script does between two of them takes time from the server on a small machine.
function init(args)
   wrk.headers["Content-Type"] = "application/json"
   requests = {}
   for review in io.lines(args[1]) do
      requests[#requests + 1] = wrk.format("POST", nil, nil, review)
   end
   -- Threads begin at different places, so that the same review is not sent twice at the same time.
   next_one = number * 331
end

function request()
   next_one = next_one % #requests + 1
   return requests[next_one]
end

function done(summary, latency, _)
   local errors = summary.errors
   io.write(string.format(
      "result requests %d micros %d p50 %d p90 %d p99 %d max %d failed %d\n",
      summary.requests, summary.duration,
      latency:percentile(50), latency:percentile(90), latency:percentile(99), latency.max,
      errors.connect + errors.read + errors.write + errors.timeout + errors.status))
end
