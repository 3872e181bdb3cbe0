// The mails of tests/delivery/mails: x.eml, and what is to come of it in x.expected. Entry: mail_files.
//
// An expectation has a line for each thing that is compared: `answer`, `sender` and `comment` (with \n for a line end),
// or `refused` and `sender`; also `in_reply_to`, `references`, `message_id` and `subject`. Three lines are settings:
// `mode: blank_line`, `approve_words: a, b`, `reject_words: c`. To add a mail, add its two files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/delivery/reply.h"

struct MailFile {
  std::string name;   // without its ending
  std::string bytes;  // as they stand in the file
  std::map<std::string, std::string> expected;
  assent::delivery::ReplySettings settings;
};

// By name. Requires that each file of the folder has its other half.
std::vector<MailFile> mail_files();
