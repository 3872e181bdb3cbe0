import java.nio.file.Files;
import java.nio.file.Path;

/** Decides a quote, changes it in a session, and asks for what cannot be: Example ASSENT POLICY DIRECTORY QUOTE. */
public final class Example {
  public static void main(String[] arguments) throws Exception {
    String quote = Files.readString(Path.of(arguments[3]));
    try (Assent assent = new Assent(arguments[0], arguments[1], "--directory", arguments[2], "--today", "2026-03-02")) {
      System.out.println(assent.call("decide", "{\"quote\": " + quote + "}"));
      assent.call("session.open", "{\"session\": \"editor\", \"quote\": " + quote + "}");
      System.out.println(assent.call(
          "session.set", "{\"session\": \"editor\", \"path\": \"lines[0].discount\", \"value\": 14.999999999999999999}"));
      assent.call("decide", "{\"quote\": {\"owner\": " + Assent.text("nobody \"at all\"\n") + "}}");
    } catch (Assent.Refused refused) {
      System.out.println(refused.error);
    }
  }
}
