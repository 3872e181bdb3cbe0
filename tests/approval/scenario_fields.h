// Reading a scenario strictly: an object whose keys are taken one by one, and of which none may be left. Entry:
// Fields. What is wrong with a scenario is thrown as Unreadable, and reported by run_scenario.
#pragma once

#include <set>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

namespace assent::test {

using Json = nlohmann::ordered_json;

struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Fields {  // invariant: taken_ are keys that somebody asked for
 public:
  Fields(const Json& json, std::string what) : json_(json), what_(std::move(what)) {
    if (!json.is_object()) throw Unreadable(what_ + " is not an object");
  }

  // The value, or null where the key is not there.
  const Json* find(const std::string& key) {
    taken_.insert(key);
    const auto at = json_.find(key);
    return at == json_.end() ? nullptr : &*at;
  }
  const Json& need(const std::string& key) {
    const Json* found = find(key);
    if (found == nullptr) throw Unreadable(what_ + " does not say `" + key + "`");
    return *found;
  }
  std::string text(const std::string& key) {
    const Json& found = need(key);
    if (!found.is_string()) throw Unreadable(what_ + ": `" + key + "` is not a text");
    return found.get<std::string>();
  }
  std::string text_or(const std::string& key, std::string otherwise) {
    return find(key) == nullptr ? std::move(otherwise) : text(key);
  }
  std::int64_t number(const std::string& key) {
    const Json& found = need(key);
    if (!found.is_number_integer()) throw Unreadable(what_ + ": `" + key + "` is not a whole number");
    return found.get<std::int64_t>();
  }

  // To be called when all keys that mean something were asked for.
  void end() const {
    for (const auto& [key, value] : json_.items()) {
      if (taken_.count(key) == 0) throw Unreadable(what_ + " says `" + key + "`, which means nothing there");
    }
  }

 private:
  const Json& json_;
  std::string what_;
  std::set<std::string> taken_;
};

}  // namespace assent::test
