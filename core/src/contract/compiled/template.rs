//! The forms of templates. What is worked out from other parts of them is worked out again.

use crate::code::{Code, Reader, choice, record};
use crate::contract::template::list::List;
use crate::contract::template::name::{
    ItemName, Name, OperationName, PageName, RequestName, TokenName, ViolationName,
};
use crate::contract::template::shape::{Absent, Each, Hole, Member, Piece, Template};
use crate::json::Value;

record! {
    Hole { name, words }
    Each { list, absent, item, by_outcome }
}

choice! {
    Piece { 0 = Literal(text), 1 = Hole(hole) }
    Absent { 0 = NoEvidence, 1 = Empty }
    List {
        0 = All, 1 = Deleted, 2 = Accepted, 3 = NotFound, 4 = NotDeleted, 5 = Refused, 6 = Warnings, 7 = Violations,
        8 = Page, 9 = Operations,
    }
    ItemName {
        0 = Id, 1 = Name, 2 = Is, 3 = Code, 4 = Reason, 5 = State, 6 = Owner, 7 = Fail, 8 = OperationId, 9 = Percent,
        10 = Container, 11 = ContainerName,
    }
    ViolationName { 0 = Pointer, 1 = Rule, 2 = Message, 3 = Limit, 4 = Actual, 5 = Property }
    TokenName { 0 = Value, 1 = Id, 2 = RefreshId, 3 = ExpiresMs }
    RequestName { 0 = Id, 1 = Path, 2 = Method, 3 = ContentType, 4 = Url, 5 = MovedTo, 6 = Methods }
    PageName {
        0 = Total, 1 = Offset, 2 = Size, 3 = Number, 4 = Next, 5 = Previous, 6 = NextUrl, 7 = PreviousUrl,
    }
    OperationName {
        0 = Id, 1 = State, 2 = Percent, 3 = Item, 4 = Container, 5 = Caller, 6 = Accepted, 7 = Starts, 8 = Ends, 9 = Fail,
    }
    Name {
        0 = Status, 1 = Now, 2 = Request(part), 3 = CallerId, 4 = ContainerId, 5 = Count(list), 6 = Item(part),
        7 = Violation(part), 8 = WarningText, 9 = WaitSeconds, 10 = Token(part), 11 = Page(part), 12 = Operation(part),
        13 = Activity(part),
    }
}

impl Code for Member {
    fn write(&self, out: &mut Vec<u8>) {
        self.key.write(out);
        self.template.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let key = String::read(from);
        Self::new(&key, Template::read(from))
    }
}

impl Code for Template {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Literal(value, _) => {
                out.push(0);
                // Not its text.
                Code::write(value, out);
            }
            Self::Hole(hole) => {
                out.push(1);
                hole.write(out);
            }
            Self::Text(pieces) => {
                out.push(2);
                pieces.write(out);
            }
            Self::Object(members) => {
                out.push(3);
                members.write(out);
            }
            Self::Array(elements) => {
                out.push(4);
                elements.write(out);
            }
            Self::Each(each) => {
                out.push(5);
                each.write(out);
            }
            Self::If(name, then) => {
                out.push(6);
                name.write(out);
                then.write(out);
            }
            Self::ViolationTree(root) => {
                out.push(7);
                root.write(out);
            }
            Self::Attribute(pointer, absent) => {
                out.push(8);
                pointer.write(out);
                Code::write(absent, out);
            }
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => Self::literal(Value::read(from)),
            1 => Self::Hole(Code::read(from)),
            2 => Self::Text(Code::read(from)),
            3 => Self::Object(Code::read(from)),
            4 => Self::Array(Code::read(from)),
            5 => Self::Each(Code::read(from)),
            6 => {
                let name = Code::read(from);
                Self::If(name, Code::read(from))
            }
            7 => Self::ViolationTree(Code::read(from)),
            8 => {
                let pointer = Code::read(from);
                Self::Attribute(pointer, Code::read(from))
            }
            _ => {
                from.spoil();
                Self::literal(Value::Null)
            }
        }
    }
}
