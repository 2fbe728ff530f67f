-- Replays the requests of a file (env TARGETS) in random order, for wrk. One a line, tab-separated:
-- METHOD, PATH, COOKIE, BODY. In a body, @KEY@ becomes a fresh UUID each time: every form is sent once.
local targets = {}

local function fields(line)
  local found = {}
  for field in (line .. '\t'):gmatch('([^\t]*)\t') do found[#found + 1] = field end
  return found
end

local function key()
  local hex = ('%08x%08x%08x%08x'):format(
    math.random(0, 0xffffffff), math.random(0, 0xffffffff), math.random(0, 0xffffffff), math.random(0, 0xffffffff))
  return ('%s-%s-4%s-8%s-%s'):format(hex:sub(1, 8), hex:sub(9, 12), hex:sub(14, 16), hex:sub(18, 20), hex:sub(21, 32))
end

function init()
  math.randomseed(tonumber(os.getenv('SEED') or '1'))
  for line in io.lines(os.getenv('TARGETS')) do
    local f = fields(line)
    local headers = { ['Accept'] = 'text/html', ['Accept-Encoding'] = 'gzip, deflate, br', ['Origin'] = os.getenv('ORIGIN'), ['Host'] = wrk.headers['Host'] }
    if f[3] ~= '' then headers['Cookie'] = f[3] end
    if f[1] == 'POST' then headers['Content-Type'] = 'application/x-www-form-urlencoded' end
    if f[4] ~= '' and f[4]:find('@KEY@', 1, true) then
      targets[#targets + 1] = { f[1], f[2], headers, f[4] }
    else
      targets[#targets + 1] = wrk.format(f[1], f[2], headers, f[4] ~= '' and f[4] or nil)
    end
  end
end

function request()
  local target = targets[math.random(#targets)]
  if type(target) == 'string' then return target end
  local address = ('10.%d.%d.%d'):format(math.random(0, 255), math.random(0, 255), math.random(1, 254))
  target[3]['X-Forwarded-For'] = address
  return wrk.format(target[1], target[2], target[3], (target[4]:gsub('@KEY@', key())))
end

function done(summary, latency)
  local e = summary.errors
  io.write(('@@ %d %d %d %d %.3f %.3f\n'):format(
    summary.requests, summary.duration, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
