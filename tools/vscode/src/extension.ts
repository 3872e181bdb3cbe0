// The client: starts `assent lsp`, and shows what its commands give. What is known of a policy, the server knows.
import * as vscode from 'vscode';
import { CodeLens, CodeLensRequest, LanguageClient, LanguageClientOptions, ServerOptions } from 'vscode-languageclient/node';

// What the server's commands answer; see tools/lsp/tests.cpp.
interface TestAnswer { title: string; passed: boolean; text: string }
interface PathAnswer { title: string; text: string; html: string }

let client: LanguageClient | undefined;
let results: vscode.OutputChannel;
let preview: vscode.WebviewPanel | undefined;

function showTest(answer: TestAnswer): void {
  results.clear();
  results.append(answer.text);
  const message = `${answer.title || 'The test'}: ${answer.passed ? 'passed' : 'failed'}`;
  const shown = answer.passed ? vscode.window.showInformationMessage(message)
                              : vscode.window.showErrorMessage(message, 'Show why');
  void shown.then(choice => { if (choice !== undefined) results.show(true); });
}

function showPath(answer: PathAnswer): void {
  if (preview === undefined) {
    preview = vscode.window.createWebviewPanel('assent.path', 'Path', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
                                               { enableScripts: false, localResourceRoots: [] });
    preview.onDidDispose(() => { preview = undefined; });
  }
  preview.title = answer.title;
  preview.webview.html = answer.html;
}

function options(): { server: ServerOptions; client: LanguageClientOptions } {
  const command = vscode.workspace.getConfiguration('assent').get<string>('server.path', 'assent');
  return {
    server: { command, args: ['lsp'] },
    client: {
      documentSelector: [{ language: 'assent' }],
      initializationOptions: { showsResults: true },
      middleware: {
        executeCommand: async (name, args, next) => {
          const answer: unknown = await next(name, args);
          if (answer && name === 'assent.test') showTest(answer as TestAnswer);
          if (answer && name === 'assent.path') showPath(answer as PathAnswer);
          return answer;
        },
      },
    },
  };
}

async function start(): Promise<void> {
  const { server, client: wishes } = options();
  client = new LanguageClient('assent', 'Assent', server, wishes);
  try {
    await client.start();
  } catch (reason) {
    const choice = await vscode.window.showErrorMessage(
        `The language server of Assent does not start: ${String(reason)}`, 'Where is it?');
    if (choice !== undefined) await vscode.commands.executeCommand('workbench.action.openSettings', 'assent.server.path');
  }
}

// That of the test in which the cursor is, or of the one before it.
async function previewPath(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (client === undefined || editor?.document.languageId !== 'assent') return;
  const lenses = await client.sendRequest(CodeLensRequest.type, { textDocument: { uri: editor.document.uri.toString() } });
  const line = editor.selection.active.line;
  const paths = (lenses ?? []).filter((lens: CodeLens) => lens.command?.command === 'assent.path');
  const at = paths.filter((lens: CodeLens) => lens.range.start.line <= line).pop() ?? paths[0];
  if (at?.command === undefined) {
    void vscode.window.showInformationMessage('This policy has no test yet: a path is that of a quote.');
    return;
  }
  await vscode.commands.executeCommand(at.command.command, ...(at.command.arguments ?? []));
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  results = vscode.window.createOutputChannel('Assent: tests');
  context.subscriptions.push(
      results, vscode.commands.registerCommand('assent.previewPath', previewPath),
      vscode.commands.registerCommand('assent.restart', async () => {
        await client?.stop();
        await start();
      }));
  await start();
}

export async function deactivate(): Promise<void> { await client?.stop(); }
