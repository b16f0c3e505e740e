using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

// Prints, for a workbook, the validator's errors and every cell as a second reader sees it: {errors: [], sheets: {name: [[{type, text}]]}}.
using var document = SpreadsheetDocument.Open(args[0], false);
var errors = new OpenXmlValidator(FileFormatVersions.Office2019)
    .Validate(document)
    .Select(error => $"{error.Description} @ {error.Path?.XPath}")
    .ToList();
var sheets = new Dictionary<string, List<List<object>>>();
var book = document.WorkbookPart!;
foreach (var sheet in book.Workbook!.Descendants<Sheet>())
{
    var part = (WorksheetPart)book.GetPartById(sheet.Id!);
    sheets[sheet.Name!] = part.Worksheet!.Descendants<Row>()
        .Select(row => row.Elements<Cell>()
            .Select(cell => (object)new { type = cell.CellFormula is null ? cell.DataType?.InnerText ?? "n" : "formula", text = cell.InnerText })
            .ToList())
        .ToList();
}

Console.WriteLine(JsonSerializer.Serialize(new { errors, sheets }));
