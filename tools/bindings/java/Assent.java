import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Assent for Java 17 and later, by a process of its own: {@code assent serve --stdio}. What goes in and comes out is
 * JSON as text, to be read with the library that the host has anyway; numbers keep every digit.
 *
 * <pre>{@code
 * try (Assent assent = new Assent("assent", "desk.assentc", "--directory", "people.json")) {
 *   String decision = assent.call("decide", "{\"quote\": " + quote + "}");
 * }
 * }</pre>
 *
 * Any thread may call: calls are carried out one after the other. For more at once, start several.
 */
public final class Assent implements AutoCloseable {
  /** The call was refused; the error is that of JSON-RPC: {"code":1,"message":"…","data":{"problems":[…]}}. */
  public static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    public final String error;

    Refused(String error) {
      super(error);
      this.error = error;
    }
  }

  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;
  private long last;

  /** Starts `program serve --stdio arguments…`. What it complains of goes to the standard error of this process. */
  public Assent(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program, "serve", "--stdio"));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    requests = process.outputWriter(UTF_8);
    answers = process.inputReader(UTF_8);
  }

  /** The result, as the JSON that it is; Refused where there is none, IOException when the process has ended. */
  public synchronized String call(String method, String params) throws IOException {
    String identity = "{\"jsonrpc\":\"2.0\",\"id\":" + ++last;
    String oneLine = params.replace('\n', ' ').replace('\r', ' ');  // within texts of JSON there are no line ends
    requests.write(identity + ",\"method\":" + text(method) + ",\"params\":" + oneLine + "}\n");
    requests.flush();
    String answer = answers.readLine();
    if (answer == null) throw new IOException("assent has ended");
    String result = identity + ",\"result\":", error = identity + ",\"error\":";  // members have this order
    if (answer.startsWith(result)) return answer.substring(result.length(), answer.length() - 1);
    if (answer.startsWith(error)) throw new Refused(answer.substring(error.length(), answer.length() - 1));
    throw new IOException("not an answer to request " + last + ": " + answer);
  }

  /** A text as JSON. */
  public static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else if (c < ' ' || Character.isSurrogate(c)) json.append(String.format("\\u%04x", (int) c));
      else json.append(c);
    }
    return json.append('"').toString();
  }

  /** At the end of its input the process ends. */
  @Override
  public void close() throws IOException {
    requests.close();
    answers.close();
  }
}
