// Writes the modules of the standard library as one C++ source. A tool of the build.
//   embed_modules OUT.cpp FILE.assent…
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

int main(int count, char** arguments) {
  if (count < 3) {
    std::fputs("usage: embed_modules OUT.cpp FILE.assent…\n", stderr);
    return 2;
  }
  std::string out = "#include \"stdlib/library.h\"\n\nnamespace assent::library {\nnamespace {\n\n";
  std::string table;
  for (int i = 2; i < count; ++i) {
    const std::filesystem::path path(arguments[i]);
    std::ifstream file(path, std::ios::binary);
    if (!file) {
      std::fprintf(stderr, "embed_modules: cannot read %s\n", arguments[i]);
      return 2;
    }
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::string name = path.stem().string();
    out += "constexpr char text_of_" + name + "[] = {";
    for (const char c : text) out += std::to_string(static_cast<int>(static_cast<signed char>(c))) + ",";
    out += "0};\n";
    table += "    {\"std." + name + "\", {text_of_" + name + ", " + std::to_string(text.size()) + "}},\n";
  }
  out +=
      "\nconstexpr Module all[] = {\n" + table +
      "};\n\n}  // namespace\n\nstd::span<const Module> modules() { return all; }\n\n}  // namespace assent::library\n";
  std::ofstream(arguments[1], std::ios::binary) << out;
  return 0;
}
