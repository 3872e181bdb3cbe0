-- What an author does in Neovim, with its own client: the configuration is that of tools/README.md. Prints what came of
-- it as one line of JSON behind "RESULT ".
-- Usage: nvim --headless -u CONFIGURATION -c "luafile neovim_test.lua" POLICY
local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then
    io.stdout:write("RESULT " .. vim.fn.json_encode({ stuck = what }) .. "\n")
    vim.cmd("cquit")
  end
end

local function position_of(text)
  vim.fn.cursor(1, 1)
  vim.fn.search("\\V" .. text, "c")
end

local function ask(method, more)
  local params = vim.tbl_extend("force", vim.lsp.util.make_position_params(), more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  return answers and answers[1] and answers[1].result or vim.NIL
end

local function found()
  local list = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    table.insert(list, { line = each.lnum + 1, code = each.code or each.user_data.lsp.code })
  end
  return list
end

local results = {}
wait("the server", function() return #vim.lsp.buf_get_clients(0) > 0 end)
wait("findings", function() return #vim.diagnostic.get(0) > 0 end)
results.findings = found()

position_of("deep >")
results.hover = ask("textDocument/hover").contents.value
position_of("vp }")
vim.lsp.buf.definition()
wait("the definition", function() return vim.fn.getline("."):find("^approver vp") ~= nil end)
results.definition = vim.fn.line(".")

position_of("deep >")
vim.lsp.buf.rename("discount")
wait("the new name", function() return vim.fn.search("^fact discount", "nw") > 0 end)
results.renamed = vim.fn.getline(vim.fn.search("^rule steep", "nw"))

vim.lsp.buf.formatting_sync(nil, 20000)
results.formatted = vim.fn.getline(vim.fn.search("^fact discount", "nw"))

vim.fn.setline(vim.fn.search("^rule steep", "nw"), 'rule steep "Steep" { when discoun > 10%  requires vp }')
wait("an error", function()
  for _, each in ipairs(found()) do if each.code == "E0101" then return true end end
  return false
end)
results.broken = found()

io.stdout:write("RESULT " .. vim.fn.json_encode(results) .. "\n")
vim.cmd("qall!")
