// Answers in UBL that tests begin with. Entry: response, response_line, simple_response.
#pragma once

#include <string>

// An OrderResponse to O-1 with that code, and the lines as they stand there; valid against the schema.
std::string response(const std::string& code, const std::string& lines = "");

// A line of it; `more` stands after the status, before the item: quantities, deliveries.
std::string response_line(const std::string& id, const std::string& order_line, const std::string& status,
                          const std::string& more = "");

// Quantity, and the delivery that is promised for that day.
std::string quantity(const std::string& number);
std::string promise(const std::string& date);

std::string simple_response(const std::string& accepted, const std::string& rejection = "");
