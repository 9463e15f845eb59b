-- What pandoc leaves of a document of another format -> what a topic can hold.

local file = io.open(PANDOC_STATE.input_files[1])
local source = file:read("a")
file:close()

local ALTERNATIVES = {
  'alt="(.-)"', "|alt=(.-)|", "<alt%-text>(.-)</alt%-text>", ":alt: (.-)\n", ":alt (.-) :", "alt={(.-)}",
}
local NAMES = {fig = "Figure", tbl = "Table"}
local headings, notes = {}, {}

-- pandoc 2.17 drops what most formats say in place of a figure.
local function Image(image)
  for _, pattern in ipairs(ALTERNATIVES) do
    image.attributes.alt = image.attributes.alt or source:match(pattern)
  end
  image.src = "../" .. image.src
  image.title = "fig:"
  return image
end

-- Other pages of a wiki or a site are no topics here; footnotes of Word become what they are.
local function Link(link)
  if notes[link.target] then return pandoc.Note(notes[link.target]) end
  local is_wiki = link.title == "wikilink"
  link.title = ""
  if link.target:match("^#") and not link.target:match("^#_?ftn") then
    link.target = is_wiki and link.target:lower() or link.target
    return link
  end
  return not is_wiki and link.target:match("^%l+:") and link or link.content
end

-- Quarto and Manubot name figures, tables and sections as if they were cited.
local function Cite(cite)
  local id = cite.citations[1].id
  local kind, mark = id:match("^(%a+)([-:])")
  if headings[id] then return pandoc.Link(headings[id], "#" .. id) end
  if NAMES[kind] then return pandoc.Str(mark == "-" and NAMES[kind] .. "\u{a0}1" or "1") end
end

-- pandoc 2.17 takes the attributes of a table for words of its caption.
local function Table(tab)
  for _, block in ipairs(tab.caption.long) do
    for at, inline in ipairs(block.content) do
      if inline.t == "Str" and inline.text:match("^{#") then
        block.content = {table.unpack(block.content, 1, at - 1)}
        break
      end
    end
  end
  return tab
end

-- Numbers of sources as links: ^[1](#r1)^ would be read as a note.
local function Superscript(raised)
  if raised.content[1] and raised.content[1].t == "Link" then
    return {pandoc.Str("\u{a0}["), pandoc.Span(raised.content), pandoc.Str("]")}
  end
end

local function Note(note)
  if #note.content == 0 then return {} end
end

local function Div(div)
  if div.identifier:match("^ftn") then return {} end
  if div.identifier == "" and #div.classes == 0 then return div.content end
end

-- Two terms of one meaning; pandoc writes them on two lines, which it can't read.
local function DefinitionList(list)
  for _, item in ipairs(list.content) do
    item[1] = item[1]:walk {LineBreak = function() return {pandoc.Str(","), pandoc.Space()} end}
  end
  return list
end

function Pandoc(document)
  document:walk {
    Header = function(heading) headings[heading.identifier] = heading.content end,
    Div = function(div)
      if div.identifier:match("^ftn") then
        notes["#_" .. div.identifier] = div.content:walk {
          Link = function(link) if link.target:match("^#_ftnref") then return {} end end,
        }
      end
    end,
  }
  return document:walk {
    Cite = Cite, DefinitionList = DefinitionList, Div = Div, Image = Image, Link = Link, Note = Note, Superscript = Superscript, Table = Table,
  }
end
