// Entry: mail_files.
#include "tests/delivery/mail_files.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path.string());
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> words(std::string list) {
  std::vector<std::string> out;
  std::istringstream rest(list);
  for (std::string word; std::getline(rest >> std::ws, word, ',');) out.push_back(word);
  return out;
}

void read_expected(const std::string& text, MailFile& mail) {
  std::istringstream rest(text);
  for (std::string line; std::getline(rest, line);) {
    const std::size_t colon = line.find(':');
    REQUIRE(colon != std::string::npos);
    const std::string key = line.substr(0, colon);
    const std::string value = line.size() > colon + 2 ? line.substr(colon + 2) : "";
    if (key == "mode") {
      REQUIRE(value == "blank_line");
      mail.settings.comment_mode = assent::delivery::CommentMode::blank_line;
    } else if (key == "approve_words") {
      mail.settings.approve_words = words(value);
    } else if (key == "reject_words") {
      mail.settings.reject_words = words(value);
    } else {
      mail.expected[key] = value;
    }
  }
}

}  // namespace

std::vector<MailFile> mail_files() {
  std::vector<MailFile> mails;
  std::size_t expectations = 0;
  for (const auto& entry : std::filesystem::directory_iterator(ASSENT_SOURCE_DIR "/tests/delivery/mails")) {
    std::filesystem::path path = entry.path();
    expectations += path.extension() == ".expected" ? 1 : 0;
    if (path.extension() != ".eml") continue;
    MailFile mail;
    mail.name = path.stem().string();
    mail.bytes = bytes_of(path);
    read_expected(bytes_of(path.replace_extension(".expected")), mail);
    mails.push_back(std::move(mail));
  }
  REQUIRE(mails.size() == expectations);
  std::sort(mails.begin(), mails.end(),
            [](const MailFile& left, const MailFile& right) { return left.name < right.name; });
  return mails;
}
